// SPDX-License-Identifier: Apache-2.0
#include "linchpin/report/html.h"

#include "linchpin/results/json.h"

namespace linchpin {

std::string json_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 32);
  for (std::size_t i = 0; i < json.size(); ++i) {
    auto const rest = json.substr(i);
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (json[i] == '>') {
      out += "\\u003e";
    } else if (json[i] == '&') {
      out += "\\u0026";
    } else if (rest.starts_with("\xE2\x80\xA8")) {
      out += "\\u2028";
      i += 2;
    } else if (rest.starts_with("\xE2\x80\xA9")) {
      out += "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  return out;
}

Result<std::string> render_report(ResultSet const& results) {
  return render_report(results, embedded_template());
}

Result<std::string> render_report(ResultSet const& results, std::string_view page_template) {
  auto const at = page_template.find(results_token);
  bool const found = at != std::string_view::npos;
  if (!found || page_template.find(results_token, at + 1) != std::string_view::npos) {
    return fail(ErrorCode::internal,
                found ? "the report page holds the place for the results more than once"
                      : "the report page holds no place for the results",
                "report template", "build the page again with `./dev web`, then the program");
  }
  auto const json = json_for_script(to_text(result_set_to_json(results, {.report_only = true})));
  std::string page;
  page.reserve(page_template.size() + json.size());
  page += page_template.substr(0, at);
  page += json;
  page += page_template.substr(at + results_token.size());
  return page;
}

}  // namespace linchpin
