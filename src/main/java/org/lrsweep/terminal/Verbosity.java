package org.lrsweep.terminal;

/** How much a command says while it runs. What it says at its end is the same for all. */
public enum Verbosity {
  /** What the user must know: notes, failures and the summary at the end. */
  QUIET,
  /** How it gets on. */
  NORMAL,
  /** Each epoch as a line, and the log of Spark and all libraries from INFO on. */
  VERBOSE
}
