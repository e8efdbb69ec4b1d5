package io.gantry.grpc.call;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SharedWritesTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new SharedWrites());
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);

  @BeforeEach
  void watchMemory() {
    var _ = channel.config().setAllocator(memory);
  }

  @AfterEach
  void leavesNoMemoryTaken() {
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }

  @Test
  void handsOnAsOneWhatIsFlushedAtOnce() {
    ByteBuf head = piece("head ");
    ChannelFuture first = channel.write(head);
    ChannelFuture second = channel.write(piece("body "));
    ChannelFuture third = channel.write(piece("tail"));
    channel.pipeline().fireChannelReadComplete();
    assertThat(channel.outboundMessages()).as("before the flush").isEmpty();
    assertThat(first).isNotDone();

    channel.flush();

    assertThat(written()).containsExactly("head body tail");
    assertThat(List.of(first, second, third)).allMatch(ChannelFuture::isSuccess);
    assertThat(head.refCnt()).isZero();
  }

  @Test
  void beginsAnewBehindEachFlush() {
    var _ = channel.writeAndFlush(piece("one"));
    var _ = channel.writeAndFlush(piece("two"));
    channel.flush();

    assertThat(written()).containsExactly("one", "two");
  }

  @Test
  void handsOnLargePiecesAsTheyAreAndInOrder() {
    ByteBuf large = piece("x".repeat(1025));
    var _ = channel.write(piece("before"));
    var _ = channel.write(large);
    var _ = channel.write(piece("behind"));
    channel.flush();

    assertThat(channel.outboundMessages()).hasSize(3).element(1).isSameAs(large);
    assertThat(written()).containsExactly("before", "x".repeat(1025), "behind");
  }

  @Test
  void handsOnInSeveralWhatDoesNotFitInOne() {
    List<ChannelFuture> writes = new ArrayList<>();
    for (int i = 0; i < 40; i++) writes.add(channel.write(piece("y".repeat(1000))));
    channel.flush();

    assertThat(written())
        .containsExactly("y".repeat(16_000), "y".repeat(16_000), "y".repeat(8_000));
    assertThat(writes).allMatch(ChannelFuture::isSuccess);
  }

  @Test
  void tellsEachThatItFailed() {
    var cause = new IOException("connection reset");
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object message, ChannelPromise promise) {
                ((ByteBuf) message).release();
                promise.setFailure(cause);
              }
            });
    ChannelFuture first = channel.write(piece("one"));
    ChannelFuture second = channel.write(piece("two"));
    channel.flush();

    assertThat(first.cause()).isSameAs(cause);
    assertThat(second.cause()).isSameAs(cause);
  }

  @Test
  void failsWhatTheConnectionIsClosedBefore() {
    ByteBuf piece = piece("too late");
    ChannelFuture write = channel.write(piece);

    var _ = channel.close().syncUninterruptibly();

    assertThat(write.isDone()).isTrue();
    assertThat(write.isSuccess()).isFalse();
    assertThat(piece.refCnt()).isZero();
  }

  @Test
  void failsWhatTheConnectionIsLostBefore() {
    ChannelFuture write = channel.write(piece("too late"));

    channel.unsafe().close(channel.newPromise());
    channel.runPendingTasks();

    assertThat(write.isDone()).isTrue();
    assertThat(write.isSuccess()).isFalse();
  }

  @Test
  void handsOnWhatItHasWhenItIsRemoved() {
    ChannelFuture write = channel.write(piece("still here"));
    channel.pipeline().remove(SharedWrites.class);
    channel.flush();

    assertThat(written()).containsExactly("still here");
    assertThat(write.isSuccess()).isTrue();
  }

  private List<String> written() {
    List<String> written = new ArrayList<>();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      written.add(next.toString(US_ASCII));
      next.release();
    }
    return written;
  }

  private static ByteBuf piece(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }
}
