-- Fills a Gantry database as large installations are: many namespaces, images and tags, one
-- namespace that holds a tenth of the images, one image with very many tags, one name that an image
-- in every namespace has. All counters and references are as pushes would have left them; only the
-- bytes of the blobs are missing, so what is listed here cannot be pulled.
--
--   psql -v projects=UUID,UUID,... -v organization=UUID [-v region=fr-par] [-v namespaces=100000]
--        [-v images=1000000] [-v tags=3000000] [-v prefix=seed] -f seed.sql CONNECTION
--
-- The first project gets most, each of the others a twentieth. Needs a superuser: foreign keys are
-- not checked row by row. Everything or nothing is stored.
\set ON_ERROR_STOP on
\if :{?region} \else \set region fr-par \endif
\if :{?namespaces} \else \set namespaces 100000 \endif
\if :{?images} \else \set images 1000000 \endif
\if :{?tags} \else \set tags 3000000 \endif
\if :{?prefix} \else \set prefix seed \endif

\set crowd 'greatest(1, (:images / 10))'
\set many_tags 'least(100000, (:tags / 10))'
\set layer_size 1000000

set session_replication_role = replica;
set synchronous_commit = off;
set work_mem = '256MB';
begin;

\echo `date +%T` namespaces: :namespaces
create temporary table seeded_namespace on commit drop as
select n, gen_random_uuid() as id, now() - n * interval '1 second' as at,
       (string_to_array(:'projects', ','))[
         case when n % 20 = 0 or n % 20 >= cardinality(string_to_array(:'projects', ',')) then 1
              else 1 + n % 20 end]::uuid as project
from generate_series(0, :namespaces - 1) n;
create unique index on seeded_namespace (n);
analyze seeded_namespace;

insert into namespace
  (id, region, name, description, organization_id, project_id, status, is_public, created_at, updated_at)
select id, :'region', :'prefix' || '-' || lpad(n::text, 7, '0'), 'seeded as number ' || n,
       :'organization', project, 'READY', n % 10 = 0, at, at
from seeded_namespace;

\echo `date +%T` images: :images
create temporary table seeded_image on commit drop as
select i, gen_random_uuid() as id, ns.id as namespace_id, ns.project,
       now() - i * interval '50 milliseconds' as at,
       case when i >= :crowd and i < :crowd + :namespaces - 1 then 'app' else 'image-' || i end as name,
       i % 1000 as content
from generate_series(0, :images - 1) i
join seeded_namespace ns
  on ns.n = case when i < :crowd or :namespaces = 1 then 0 else 1 + (i - :crowd) % (:namespaces - 1) end
order by i;
create unique index on seeded_image (i);
analyze seeded_image;

insert into image
  (id, namespace_id, project_id, region, name, status, visibility, published, size, created_at, updated_at)
select id, namespace_id, project, :'region', name, 'READY', 'INHERIT', true, :layer_size, at, at
from seeded_image order by i;

-- In one row, as that of all namespaces which nobody pushed to for a minute.
insert into namespace_usage (namespace_id, shard, size, image_count, updated_at)
select namespace_id, -1, :layer_size * count(*), count(*), max(at)
from seeded_image group by 1;

-- The shard of an image, and of a namespace, is in the last four bits of its id.
insert into project_usage as p (project_id, region, shard, image_count, namespace_count)
select project, :'region', ('x' || right(id::text, 1))::bit(4)::int, sum(images), sum(namespaces)
from (
  select project, id, 1 as images, 0 as namespaces from seeded_image
  union all select project, id, 0, 1 from seeded_namespace
) counted
group by 1, 2, 3
on conflict (project_id, region, shard) do update
set image_count = p.image_count + excluded.image_count,
    namespace_count = p.namespace_count + excluded.namespace_count;

\echo `date +%T` landmarks
-- Triggers did not count what was written here.
select count_lists_anew();

\echo `date +%T` blobs, links and manifests
create temporary table seeded_content on commit drop as
select k, config, layer, body, 'sha256:' || encode(sha256(body), 'hex') as digest
from (
  select k, config, layer, convert_to(
           '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":'
           || '{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"' || config
           || '","size":1000},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",'
           || '"digest":"' || layer || '","size":' || :layer_size || '}]}', 'UTF8') as body
  from (
    select k, 'sha256:' || encode(sha256(convert_to(:'prefix' || ' config ' || k, 'UTF8')), 'hex') as config,
           'sha256:' || encode(sha256(convert_to(:'prefix' || ' layer ' || k, 'UTF8')), 'hex') as layer
    from generate_series(0, 999) k
  ) digests
) bodies;
create unique index on seeded_content (k);
analyze seeded_content;

insert into blob (digest, size, storage_key)
select config, 1000, gen_random_uuid() from seeded_content
union all select layer, :layer_size, gen_random_uuid() from seeded_content
on conflict do nothing;

-- By image id from here on: so the indexes that begin with it are filled from one end.
insert into blob_link (image_id, digest, project_id, leased_until)
select i.id, d.digest, i.project, i.at
from seeded_image i join seeded_content c on c.k = i.content
cross join lateral (values (c.config), (c.layer)) d (digest)
order by i.id;

insert into manifest (image_id, digest, media_type, body, reachable, created_at)
select i.id, c.digest, 'application/vnd.oci.image.manifest.v1+json', c.body, true, i.at
from seeded_image i join seeded_content c on c.k = i.content
order by i.id;

insert into manifest_blob (image_id, manifest, digest, role, held)
select i.id, c.digest, d.digest, d.role::"char", d.digest
from seeded_image i join seeded_content c on c.k = i.content
cross join lateral (values (c.config, 'C'), (c.layer, 'L')) d (digest, role)
order by i.id;

insert into image_layer (image_id, digest, manifests)
select i.id, c.layer, 1 from seeded_image i join seeded_content c on c.k = i.content
order by i.id;

-- The first image after the crowd gets the many, all images share the others.
\echo `date +%T` tags: :tags
insert into tag (id, image_id, name, digest, created_at, updated_at)
select gen_random_uuid(), i.id, t.name, c.digest, i.at + t.after, i.at + t.after
from (
  select t % :images as i, t / :images * interval '1 millisecond' as after,
         case when t < :images then 'latest' else 'v' || t / :images end as name
  from generate_series(0, :tags - :many_tags - 1) t
  union all
  select least(:crowd, :images - 1), t * interval '1 millisecond', 'build-' || lpad(t::text, 7, '0')
  from generate_series(1, :many_tags) t
) t
join seeded_image i using (i)
join seeded_content c on c.k = i.content
order by i.id;

\echo `date +%T` commit
commit;

\echo `date +%T` vacuum and statistics
vacuum (analyze) namespace, namespace_usage, project_usage, image, blob, blob_link, manifest,
  manifest_blob, image_layer, tag, landmark;
\echo `date +%T` done
