/**
 * Reads and decodes a user's own data on the executors: whatever Spark reads, images, idx files.
 */
package org.lrsweep.ingest.read;
