/** How a run gets on, on a terminal or as lines of a log. */
package org.lrsweep.terminal;
