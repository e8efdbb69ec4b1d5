package io.gantry.storage.filesystem;

import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemBlobStoreContractTest extends BlobStoreContract {
  @TempDir private Path root;
  private BlobStore store;

  @BeforeEach
  void createStore() {
    store = new FilesystemBlobStore(root);
  }

  @Override
  protected BlobStore store() {
    return store;
  }
}
