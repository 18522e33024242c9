/** Puts accelerated layers in the place of a live network's stock ones, and reports which. */
package org.lrsweep.acceleration.rewrite;
