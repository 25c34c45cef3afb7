/** Scenario files: from YAML text to a valid scenario, or to everything that is wrong with it. */
package org.schedlab.scenario.yaml;
