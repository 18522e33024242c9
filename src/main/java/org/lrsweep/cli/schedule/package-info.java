/** The command {@code schedule}: from options to a learning-rate schedule, step by step. */
package org.lrsweep.cli.schedule;
