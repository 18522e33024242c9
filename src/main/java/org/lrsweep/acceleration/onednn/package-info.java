/**
 * oneDNN called from Java: primitives, memory, layouts; nothing here knows a Deeplearning4j layer.
 */
package org.lrsweep.acceleration.onednn;
