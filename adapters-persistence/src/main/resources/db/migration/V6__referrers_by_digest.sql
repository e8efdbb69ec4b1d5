-- Pages of referrers are in the order of their digests; pages of the catalog find the public images
-- of private namespaces without looking at those namespaces.

create index manifest_by_subject_and_digest on manifest (image_id, subject, digest)
  where subject is not null;
drop index manifest_by_subject;

create index image_public on image (region, namespace_id)
  where visibility = 'PUBLIC' and status = 'READY' and published;
