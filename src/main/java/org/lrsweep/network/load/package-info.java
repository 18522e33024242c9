/** Networks from files and from users' own classes. */
package org.lrsweep.network.load;
