/** The range test and the methods that read a range off its curve. */
package org.lrsweep.finder;
