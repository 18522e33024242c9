package org.lrsweep.ingest.read;

/** Kinds of rows that can't be examples, by which they are counted. */
public enum BadRow {
  /** A cell is null. */
  NULL("null"),
  /** A cell is no number. */
  NOT_A_NUMBER("no number"),
  /** A number is NaN, infinite or beyond 32 bits. */
  NOT_FINITE("not finite"),
  /** More or fewer numbers or channels than there must be. */
  LENGTH("wrong length"),
  /** The label names no class. */
  LABEL("no class"),
  /** The mark of the validation part is neither true nor false. */
  MARK("no mark"),
  /** A file of 0 bytes. */
  EMPTY("empty file"),
  /** An image that can't be decoded. */
  DAMAGED("damaged image"),
  /** A file that lies where no class is, or is named as hidden ones are. */
  PLACE("wrong place");

  private final String text;

  BadRow(String text) {
    this.text = text;
  }

  /** What tables and messages call it. */
  @Override
  public String toString() {
    return text;
  }
}
