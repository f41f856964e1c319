// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/study/run.h"
#include "linchpin/study/study_file.h"
#include "study_fixtures.h"

namespace linchpin::study {

inline constexpr char const* head = R"(title = "Stand-off"
world = "small"
[leverage]
theta = "sets.csv"
horizon_years = 1
)";
inline constexpr char const* draws = "[leverage.ensemble]\ndraws = 8\nseed = 1\n";
inline constexpr char const* two = R"([[leverage.standoff]]
name = "test"
players = ["R0", "R1"]
)";

inline std::string action(std::string const& name, std::string const& player,
                          std::string const& body) {
  return "[[leverage.standoff.action]]\nname = \"" + name + "\"\nplayer = \"" + player + "\"\n" +
         body + "\n";
}
/// Everything of s0 and s1 from one region to another.
inline std::string from_to(std::string const& seller, std::string const& buyer) {
  return "sellers = [\"" + seller + "\"]\nbuyers = [\"" + buyer + "\"]\nsectors = [\"s0\", \"s1\"]";
}
inline std::string rung(std::string const& name, std::string const& player,
                        std::string const& time = "") {
  return "[[leverage.standoff.rung]]\nname = \"" + name + "\"\nplayer = \"" + player + "\"\n" +
         time;
}
inline std::string move(std::string const& name, std::string const& end) {
  return "[[leverage.standoff.rung.move]]\nname = \"" + name + "\"\n" + end + "\n";
}

class Standoff : public ::testing::Test {
 protected:
  Result<ResultSet> ask(std::string const& text) {
    auto const study = parse_study(text, "s.toml");
    if (!study) return fail(study.error());
    return run_study(*study, economy, {}, source);
  }
  ResultSet answer(std::string const& text) {
    auto found = ask(text);
    EXPECT_TRUE(found) << test::all_of(found.error());
    return found ? *std::move(found) : ResultSet{};
  }
  std::string bad(std::string const& text) {
    auto const study = parse_study(text, "s.toml");
    if (!study) {
      EXPECT_TRUE(is_input_error(study.error().code));
      return test::all_of(study.error());
    }
    auto const resolved = resolve_study(*study, economy.space());
    return resolved ? "accepted" : test::all_of(resolved.error());
  }
  static ResultTable const& table(ResultSet const& results, std::string const& name) {
    auto const found = std::find_if(results.tables.begin(), results.tables.end(),
                                    [&](auto const& each) { return each.name == name; });
    EXPECT_NE(found, results.tables.end()) << name;
    return *found;
  }
  static ResultColumn const& column(ResultTable const& rows, std::string const& name) {
    auto const found = std::find_if(rows.columns.begin(), rows.columns.end(),
                                    [&](auto const& each) { return each.name == name; });
    EXPECT_NE(found, rows.columns.end()) << name;
    return *found;
  }
  /// NaN where an entry is undefined.
  static std::vector<double> numbers(ResultTable const& rows, std::string const& name) {
    auto const& data = std::get<NumberColumn>(column(rows, name).data);
    auto values = data.values;
    for (std::size_t k = 0; k < data.missing.size(); ++k) {
      if (data.missing[k]) values[k] = NAN;
    }
    return values;
  }
  static std::vector<std::string> texts(ResultTable const& rows, std::string const& name) {
    return std::get<TextColumn>(column(rows, name).data);
  }
  /// Number in the only row where the columns have these texts.
  static double at(ResultSet const& results, std::string const& name,
                   std::vector<std::pair<std::string, std::string>> const& where,
                   std::string const& number) {
    auto const& rows = table(results, name);
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (std::all_of(where.begin(), where.end(), [&](auto const& each) {
            return texts(rows, each.first)[row] == each.second;
          })) {
        found.push_back(row);
      }
    }
    EXPECT_EQ(found.size(), 1U) << name << " " << number;
    return found.size() == 1 ? numbers(rows, number)[found.front()] : NAN;
  }
  /// Loss of a player with the action of R0 alone.
  static double loss(ResultSet const& results, std::string const& act, std::string const& player) {
    return at(results, "payoffs", {{"play", "R0: " + act + "; R1: nothing"}, {"player", player}},
              "loss_pct");
  }
  /// One action of R0 on what R1 buys of it, or sells to it.
  ResultSet one_action(std::string const& body) {
    return answer(std::string{head} + two + action("act", "R0", body) +
                  action("other", "R1", from_to("R1", "R0")));
  }

  std::string stocks = "key,value\ninventory_days.*,20\n";
  std::string ratings = "key,value\ncriticality.*>*,1\n";
  Economy economy = test::small_economy();
  ParameterSource source{[this](std::string const& name) -> Result<std::string> {
                           if (name == "sets.csv") return "key,value\ntrade_elasticity.*,4\n";
                           if (name == "default:trade_elasticity_horizon.csv") {
                             return "key,value\ntrade_elasticity.one_year,1\n"
                                    "trade_elasticity.long_run,2\nadjustment_years,3\n";
                           }
                           if (name == "default:inventory_days.csv") {
                             return stocks;
                           }
                           if (name == "default:elasticities.csv") {
                             return "key,value\nresourcing_elasticity.*,0.5\n";
                           }
                           if (name == "default:criticality.csv") {
                             return ratings;
                           }
                           return fail(ErrorCode::file_not_found, "no such file", name, "");
                         },
                         {}};
};

}  // namespace linchpin::study
