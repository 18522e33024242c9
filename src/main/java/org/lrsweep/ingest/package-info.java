/**
 * Reads a user's own data on the executors, puts it in an order that follows from its content, and
 * divides it between parts and workers.
 */
package org.lrsweep.ingest;
