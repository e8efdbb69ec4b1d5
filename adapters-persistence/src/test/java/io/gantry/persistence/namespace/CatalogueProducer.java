package io.gantry.persistence.namespace;

import io.gantry.domain.Catalogue;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.manifest.ManifestGraph;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.tag.TagRepository;
import io.gantry.domain.upload.UploadRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The catalogue that is stored in PostgreSQL. */
final class CatalogueProducer {

  @Produces
  @Singleton
  Catalogue catalogue(
      UnitOfWork unitOfWork,
      NamespaceRepository namespaces,
      ImageRepository images,
      TagRepository tags,
      ManifestRepository manifests,
      ManifestGraph graph,
      BlobLinks links,
      UploadRepository uploads) {
    return new Catalogue(unitOfWork, namespaces, images, tags, manifests, graph, links, uploads);
  }
}
