// SIP-date, RFC 3261 sections 20.17 and 25.1.
%%{
machine date;

wkday = "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun";                  # section 25.1
month = "Jan" | "Feb" | "Mar" | "Apr" | "May" | "Jun" |
        "Jul" | "Aug" | "Sep" | "Oct" | "Nov" | "Dec";                          # section 25.1
day = "0" [1-9] | [12] digit | "3" [01];
date1 = day " " month " " digit{4};                                             # section 25.1
time = ( [01] digit | "2" [0-3] ) ":" [0-5] digit ":" ( [0-5] digit | "60" );   # section 25.1
SIP_date = wkday "," " " date1 " " time " " "GMT";                              # section 25.1: rfc1123-date
}%%
