/** Makes the layers of a Deeplearning4j network run on oneDNN. */
package org.lrsweep.acceleration;
