/** Networks: MiniGoogLeNet and the small CNN. */
package org.lrsweep.network.zoo;
