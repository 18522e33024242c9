/** Files that appear whole or not at all, on any Hadoop file system. */
package org.lrsweep.storage;
