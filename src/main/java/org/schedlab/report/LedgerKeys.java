package org.schedlab.report;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.trace.Account;

/** What accounts and sorts of switches are called in files: their names in small letters. */
final class LedgerKeys {
  private static final Map<Account, String> ACCOUNTS = new EnumMap<>(Account.class);
  private static final Map<SwitchTable.Kind, String> SWITCHES =
      new EnumMap<>(SwitchTable.Kind.class);

  static {
    for (Account account : Account.values()) {
      ACCOUNTS.put(account, account.name().toLowerCase(Locale.ROOT));
    }
    for (SwitchTable.Kind kind : SwitchTable.Kind.values()) {
      SWITCHES.put(kind, kind.name().toLowerCase(Locale.ROOT));
    }
  }

  private LedgerKeys() {}

  static String of(Account account) {
    return ACCOUNTS.get(account);
  }

  static String of(SwitchTable.Kind kind) {
    return SWITCHES.get(kind);
  }
}
