/** Networks by name: MiniGoogLeNet, a small CNN, residual networks and MobileNetV2. */
package org.lrsweep.network.zoo;
