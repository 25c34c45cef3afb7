/** What threads run, as data: operations as written, instructions as compiled, expressions. */
package org.schedlab.program;
