//! A test of one's own: it fails when the policies mean something else than what was read. `docs/review.md` tells more.

use hjemmel::{Options, SourceFile, Workspace};

#[test]
fn what_the_policies_mean_is_what_was_read() {
    // a repository of one's own reads its files
    let policy = r#"
lov Mentorlov "Mentorloven"
kommune Fjordby "Fjordby Kommune"
oplysning alder "Alder": tal 18-67
støtte mentor "Mentor"
vilkår timer "Timer om ugen": tal 0-37, mere er bedre

regel unge {
    hjemmel Mentorlov § 3
    når alder under 30
    ret til mentor med timer højst 5
}
"#;
    let files = vec![SourceFile::new("fjordby.hjemmel", policy)];
    let workspace = Workspace::new(files, Options::default());
    insta::assert_snapshot!(hjemmel::snapshot(&workspace), @r"
    # Fjordby: hvad der afgøres for hvem

    Skrevet af `hjemmel snapshot --accept` og rettes ikke i hånden. Siden siger, hvad reglerne betyder, hvordan de end er skrevet.

    - kontrolkode: `c6704621d6259ee94c866f9d049b15aa`
    - dage: 1970-01-01 til 1970-01-01

    ## Oplysninger, der spørges om

    - alder: tal fra 18 til 67

    ## mentor

    | alder | afgørelse | vilkår | hjemmel |
    | --- | --- | --- | --- |
    | højst 29 | ret til støtten | timer højst 5 | Mentorlov § 3 |
    | mindst 30 | ingen regel giver den | – | – |
    ");
}
