/** The experiment as typed, validated values, read from HOCON. Plain Java: no Spark, no DL4J. */
package org.lrsweep.config;
