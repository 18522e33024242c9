/**
 * A user's own data on the executors: in an order that follows from its content, divided between
 * parts and workers.
 */
package org.lrsweep.partitioned;
