-- Links by digest and project, so that a blob can be looked for among a caller's own projects in a
-- time that does not depend on whether others have it. project_id repeats that of the image, which
-- never changes.

alter table blob_link add column project_id uuid;
update blob_link l set project_id = i.project_id from image i where i.id = l.image_id;
create index blob_link_by_digest_and_project on blob_link (digest, project_id);
drop index blob_link_by_digest;
