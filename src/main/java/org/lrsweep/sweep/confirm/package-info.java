/** Upper bounds tried by short cycles from one start, and halved by validation loss. */
package org.lrsweep.sweep.confirm;
