/** The result tables: one record per row type, and their writers and readers. */
package org.lrsweep.results;
