/** A scenario as records: what was asked for, read and found valid. */
package org.schedlab.scenario;
