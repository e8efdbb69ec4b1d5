package io.gantry.persistence;

import io.gantry.domain.BlobPorts;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The ports of blobs that are recorded in PostgreSQL. */
final class BlobPortsProducer {

  @Produces
  @Singleton
  BlobPorts blobPorts(
      PostgresContent content,
      UploadRepository uploads,
      UploadIntake intake,
      KeyReserve reserve,
      BlobLinks links,
      Garbage garbage) {
    return new BlobPorts(content, uploads, intake, reserve, links, garbage);
  }
}
