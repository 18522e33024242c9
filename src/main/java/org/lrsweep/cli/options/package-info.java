/** Options that several commands share. */
package org.lrsweep.cli.options;
