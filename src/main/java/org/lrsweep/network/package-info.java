/** What is trained: a network's configuration, its optimizer, and its state between two rounds. */
package org.lrsweep.network;
