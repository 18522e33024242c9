/**
 * Training in rounds: the API. Rooms below it train in one JVM ({@code worker}), on Spark ({@code
 * spark}) and carry states between workers ({@code state}).
 */
package org.lrsweep.training;
