/** Files that appear whole or not at all, on any Hadoop file system, and what tells them apart. */
package org.lrsweep.storage;
