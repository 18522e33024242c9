/** The program, its commands that train, and what they answer where something goes wrong. */
package org.lrsweep.cli;
