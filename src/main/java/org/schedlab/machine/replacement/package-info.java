/** Page replacement: one rule a class; which page leaves memory when a frame is needed. */
package org.schedlab.machine.replacement;
