/** Shows what a run would see of its data: in words, and some examples in a picture. */
package org.lrsweep.ingest.preview;
