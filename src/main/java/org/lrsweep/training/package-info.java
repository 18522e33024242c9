/**
 * Training in rounds: the API. Rooms below it hold what is trained on ({@code examples}) and what a
 * test set shows ({@code evaluation}), train in one JVM ({@code worker}) and on Spark ({@code
 * spark}), and carry states between workers ({@code state}).
 */
package org.lrsweep.training;
