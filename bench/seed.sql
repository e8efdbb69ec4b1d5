-- Fills a Gantry database with namespaces, images of one manifest and one tag each, and nothing in
-- the blob store: enough to be listed, not to be pulled.
--
--   psql -v project=UUID -v organization=UUID [-v region=fr-par] [-v namespaces=10000]
--        [-v images=100000] -f seed.sql CONNECTION
\set ON_ERROR_STOP on
\if :{?region} \else \set region fr-par \endif
\if :{?namespaces} \else \set namespaces 10000 \endif
\if :{?images} \else \set images 100000 \endif

begin;

create temporary table seeded_namespace on commit drop as
select n, gen_random_uuid() as id, now() - n * interval '1 second' as at
from generate_series(0, :namespaces - 1) n;
create index on seeded_namespace (n);

create temporary table seeded_image on commit drop as
select i, gen_random_uuid() as id, ns.id as namespace_id, now() - i * interval '1 millisecond' as at,
       convert_to('{"schemaVersion":2,"seed":' || i || '}', 'UTF8') as body
from generate_series(0, :images - 1) i
join seeded_namespace ns on ns.n = i % :namespaces;

insert into namespace
  (id, region, name, description, organization_id, project_id, status, is_public, created_at, updated_at)
select id, :'region', 'seed-' || lpad(n::text, 6, '0'), 'seeded', :'organization', :'project',
       'READY', n % 10 = 0, at, at
from seeded_namespace;

insert into image
  (id, namespace_id, project_id, region, name, status, visibility, published, size, created_at, updated_at)
select id, namespace_id, :'project', :'region', 'image-' || i, 'READY', 'INHERIT', true, 1000, at, at
from seeded_image;

insert into namespace_usage (namespace_id, shard, size, image_count, updated_at)
select namespace_id, 0, 1000 * count(*), count(*), max(at) from seeded_image group by namespace_id;

insert into manifest (image_id, digest, media_type, body, reachable, created_at)
select id, 'sha256:' || encode(sha256(body), 'hex'),
       'application/vnd.oci.image.manifest.v1+json', body, true, at
from seeded_image;

insert into tag (id, image_id, name, digest, created_at, updated_at)
select gen_random_uuid(), id, 'latest', 'sha256:' || encode(sha256(body), 'hex'), at, at
from seeded_image;

commit;

analyze namespace, namespace_usage, image, manifest, tag;
