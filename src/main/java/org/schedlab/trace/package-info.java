/** What can be observed of a run: the facts, and nothing that could change them. */
package org.schedlab.trace;
