/** Idx files, and the published data sets that come as such. */
package org.lrsweep.data.idx;
