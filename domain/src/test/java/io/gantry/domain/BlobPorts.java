package io.gantry.domain;

import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.link.InMemoryContent;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.InMemoryGarbage;
import io.gantry.domain.reclaim.InMemoryKeyReserve;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.upload.InMemoryUploadIntake;
import io.gantry.domain.upload.InMemoryUploadRepository;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;

/** The ports that blobs come, stay and go through, of one registry, and its content. */
public record BlobPorts(
    StoredContent content,
    UploadRepository uploads,
    UploadIntake intake,
    KeyReserve reserve,
    BlobLinks links,
    Garbage garbage) {

  public static BlobPorts inMemory() {
    InMemoryRegistry registry = new InMemoryRegistry();
    InMemoryKeyReserve reserve = new InMemoryKeyReserve(registry);
    return new BlobPorts(
        new InMemoryContent(registry),
        new InMemoryUploadRepository(registry),
        new InMemoryUploadIntake(registry, reserve),
        reserve,
        new InMemoryBlobLinks(registry),
        new InMemoryGarbage(registry));
  }
}
