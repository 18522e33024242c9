/** Finds, fetches, verifies and loads the data set that an experiment names. */
package org.lrsweep.data.load;
