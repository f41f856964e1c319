// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/depend_json.h"

#include <utility>

#include "linchpin/results/depend_tables.h"
#include "linchpin/results/json.h"

namespace linchpin {

Json depend_to_json(IndustrySpace const& space, std::span<depend::BuyerAccount const> accounts,
                    depend::Position const& position, Json origin) {
  Json document = {{"schema", {{"name", "linchpin.depend"}, {"version", 1}}}};
  for (auto const& table : depend_tables(space, accounts, position)) {
    document[table.name] = rows_to_json(table);
  }
  document["origin"] = std::move(origin);
  return document;
}

}  // namespace linchpin
