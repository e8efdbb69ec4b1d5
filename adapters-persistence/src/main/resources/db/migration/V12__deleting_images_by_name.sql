-- The images of a name that are being deleted, which the landmarks of the list by name do not count.
create index image_by_project_name_deleting on image (project_id, region, name, created_at, id)
  where published and status = 'DELETING';
