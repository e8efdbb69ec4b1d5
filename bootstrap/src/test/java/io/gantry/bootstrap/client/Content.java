package io.gantry.bootstrap.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes and the name that follows from them. */
public final class Content {
  private final byte[] bytes;
  private final String digest;

  private Content(byte[] bytes, String digest) {
    this.bytes = bytes;
    this.digest = digest;
  }

  public static Content of(byte[] bytes) {
    return new Content(bytes.clone(), digestOf(bytes));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String digest() {
    return digest;
  }

  public long size() {
    return bytes.length;
  }

  private static String digestOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
