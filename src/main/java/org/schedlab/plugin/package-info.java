/**
 * Policies written by users: compiled, loaded where they see the policies' interface and the JDK
 * only, and guarded at every call. It protects against mistakes, not against malice.
 */
package org.schedlab.plugin;
