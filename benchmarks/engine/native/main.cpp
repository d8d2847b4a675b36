// One repeat of a C++ peer: main NAME prints its times (s) and counts as a line of JSON.
#include <string_view>

#include "aeif-cond-exp.hpp"
#include "hh-psc-alpha.hpp"
#include "iaf-psc-exp.hpp"

int main(int count, char** words) {
  const std::string_view name = count == 2 ? words[1] : "";
  if (name == "iaf_psc_exp/branchy") {
    measure<iaf_psc_exp::Branchy>(DRIVE_OF(iaf_psc_exp));
  } else if (name == "iaf_psc_exp/two-pass") {
    measure<iaf_psc_exp::TwoPass>(DRIVE_OF(iaf_psc_exp));
  } else if (name == "aeif_cond_exp/plain") {
    measure<aeif_cond_exp::Population<false>>(DRIVE_OF(aeif_cond_exp));
  } else if (name == "aeif_cond_exp/tuned") {
    measure<aeif_cond_exp::Population<true>>(DRIVE_OF(aeif_cond_exp));
  } else if (name == "hh_psc_alpha/plain") {
    measure<hh_psc_alpha::Population<false>>(DRIVE_OF(hh_psc_alpha));
  } else if (name == "hh_psc_alpha/tuned") {
    measure<hh_psc_alpha::Population<true>>(DRIVE_OF(hh_psc_alpha));
  } else {
    std::fputs("usage: main NEURON/LOOP\n", stderr);
    return 2;
  }
  return 0;
}
