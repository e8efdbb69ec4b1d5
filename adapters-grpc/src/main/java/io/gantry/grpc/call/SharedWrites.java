package io.gantry.grpc.call;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands on as one what a connection writes between two flushes in small pieces. An answer alone is
 * four: the head of a frame, or a whole one of headers, is a buffer of its own, and each would be
 * allocated, listened for and released by all that stands between here and the socket.
 *
 * <p>Large pieces are handed on as they are, not copied. Order is kept.
 */
final class SharedWrites extends ChannelOutboundHandlerAdapter {
  /** A piece of more bytes is not copied. */
  private static final int SMALL = 1024;

  /** Bytes handed on at once. Small beside what a socket takes, and what flow control waits for. */
  private static final int ROOM = 16 * 1024;

  private @Nullable ByteBuf gathered;
  private List<ChannelPromise> promises = new ArrayList<>();

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf piece && piece.readableBytes() <= SMALL) {
      gather(context, piece, promise);
    } else {
      handOn(context);
      var _ = context.write(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    handOn(context);
    var _ = context.flush();
  }

  @Override
  public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
    handOn(context);
    var _ = context.disconnect(promise);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    handOn(context);
    var _ = context.close(promise);
  }

  /** Also when the connection is gone: then what was not flushed fails as it would have. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    handOn(context);
  }

  private void gather(ChannelHandlerContext context, ByteBuf piece, ChannelPromise promise) {
    try {
      var _ = roomFor(piece.readableBytes(), context).writeBytes(piece);
    } finally {
      var _ = piece.release();
    }
    var _ = promises.add(promise);
  }

  private ByteBuf roomFor(int bytes, ChannelHandlerContext context) {
    ByteBuf room = gathered;
    if (room == null || room.writableBytes() < bytes) {
      handOn(context);
      room = context.alloc().directBuffer(ROOM, ROOM);
      gathered = room;
    }
    return room;
  }

  private void handOn(ChannelHandlerContext context) {
    ByteBuf all = gathered;
    if (all == null) return;
    List<ChannelPromise> told = promises;
    gathered = null;
    promises = new ArrayList<>();
    var _ = context.write(all).addListener(done -> tell(told, (ChannelFuture) done));
  }

  private static void tell(List<ChannelPromise> promises, ChannelFuture done) {
    for (ChannelPromise promise : promises) {
      if (done.isSuccess()) {
        var _ = promise.trySuccess();
      } else {
        var _ = promise.tryFailure(done.cause());
      }
    }
  }
}
