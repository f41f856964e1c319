// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/quantities.h"
#include "linchpin/economy/industry_space.h"

namespace linchpin::study {

// Pieces of sentences for headlines and notes.

/// "China", "the United States": the name as it stands inside a sentence.
[[nodiscard]] std::string region_words(IndustrySpace const& space, RegionId region);
/// "the rest of the European Union": a region's name with the article English puts before it.
[[nodiscard]] std::string with_article(std::string const& name);
/// "China's", "the United States'".
[[nodiscard]] std::string possessive(std::string const& words);
/// "electrical and optical equipment": the name as it stands inside a sentence.
[[nodiscard]] std::string sector_words(IndustrySpace const& space, SectorId sector);
/// "China's electrical and optical equipment industry".
[[nodiscard]] std::string industry_words(IndustrySpace const& space, IndustryId industry);
/// What a label stands for, within a sentence: "China", "metals (C24)", "China's metals (CHN:C24)";
/// the label itself where `space` does not know it.
[[nodiscard]] std::string label_words(IndustrySpace const& space, std::string const& label);
/// "A", "A and B", "A, B and C".
[[nodiscard]] std::string list_words(std::vector<std::string> const& parts);
/// The words as they begin a sentence: the first letter large, if it is one of a to z.
[[nodiscard]] std::string capital(std::string words);

/// Two significant digits and "%": "0.84 %", "13 %", "less than 0.001 %" for |value| below that.
[[nodiscard]] std::string percent_words(double value);
/// Two significant digits: "4.1", "0.052".
[[nodiscard]] std::string two_digits(double value);
/// "USD 62 billion" for an amount in a table's unit, "62 units of the table" where it does not say
/// the currency; two significant digits.
[[nodiscard]] std::string money_words(double amount, MonetaryUnit const& unit);
/// "100 dollars", "100 units": what a hundred of the currency is called.
[[nodiscard]] std::string hundred_words(MonetaryUnit const& unit);

}  // namespace linchpin::study
