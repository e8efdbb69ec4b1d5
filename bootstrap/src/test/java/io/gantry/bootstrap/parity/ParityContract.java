package io.gantry.bootstrap.parity;

import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.bootstrap.running.Tenants;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that the control plane does, whichever face it is asked by. */
@ExtendWith(Cases.class)
abstract class ParityContract implements NamespaceCases, ImageCases, TagCases {
  private final int port =
      ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  private final URI root = URI.create("http://localhost:" + port + "/");
  final Face rest = new RestFace(root);
  Face grpc;
  private ManagedChannel channel;

  /** Not in the constructor: the framework makes instances that run no test. */
  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    grpc = new GrpcFace(channel);
  }

  @AfterEach
  void disconnect() {
    var _ = channel.shutdownNow();
  }

  @Override
  public Fixture fixture() {
    return Fixture.in(root);
  }

  @Override
  public Answer push(Answer namespace, String image, String... tags) {
    try {
      DataPlane pusher = new DataPlane(root, Tenants.OWNER);
      TestImage content = TestImage.random(1, 1000);
      for (String tag : tags) {
        pusher.push(namespace.text("name") + "/" + image, tag, content);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    Answer found =
        ask(Call.of("ListImages").with("namespace_id", namespace.text("id")).with("name", image));
    return ask(Call.of("GetImage").with("image_id", found.column("images", "id").getFirst()));
  }
}
