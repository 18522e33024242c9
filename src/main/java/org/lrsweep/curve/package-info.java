/**
 * A range test's curve of losses, and the methods that read a learning-rate range off it. Plain
 * Java: no network, no cluster.
 */
package org.lrsweep.curve;
