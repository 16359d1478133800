"""Small lists after the published schemas, for the formats of which no real file may be kept."""

from collections.abc import Iterable

_OFAC = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"
_EU = "http://eu.europa.ec/fpi/fsd/export"


def ofac_advanced(parties: str = "", listed: str = "SDN List", filler: Iterable[int] = ()) -> str:
    """The Advanced Sanctions Data Model: Min-jun Example, a company, a vessel, and any others."""
    others = "".join(
        f'<DistinctParty FixedRef="{n}"><Profile ID="{n}" PartySubTypeID="3"><Identity ID="{n}">'
        f'<Alias Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart>'
        f'<NamePartValue NamePartGroupID="{n}">COMPANY NO {n}</NamePartValue>'
        f"</DocumentedNamePart></DocumentedName></Alias></Identity></Profile></DistinctParty>"
        for n in filler
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="{_OFAC}" Version="3">
<DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>11</Month><Day>20</Day></DateOfIssue>
<ReferenceValueSets>
 <AreaCodeValues><AreaCode ID="11073" CountryID="11073" Description="x">Korea, North</AreaCode>
 </AreaCodeValues>
 <CountryValues><Country ID="11073" ISO2="KP">Korea, North</Country></CountryValues>
 <FeatureTypeValues>
  <FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType>
  <FeatureType ID="14">Website</FeatureType><FeatureType ID="21">Email Address</FeatureType>
  <FeatureType ID="25">Location</FeatureType><FeatureType ID="26">Title</FeatureType>
  <FeatureType ID="344">Digital Currency Address - XBT</FeatureType>
  <FeatureType ID="524">Phone Number</FeatureType>
 </FeatureTypeValues>
 <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType>
  <IDRegDocType ID="1608">SWIFT/BIC</IDRegDocType></IDRegDocTypeValues>
 <ListValues><List ID="1550">{listed}</List></ListValues>
 <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType>
  <NamePartType ID="1521">First Name</NamePartType>
  <NamePartType ID="1525">Entity Name</NamePartType></NamePartTypeValues>
 <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>
  <PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>
  <PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
 <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType>
  <PartyType ID="4">Transport</PartyType></PartyTypeValues>
 <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType>
  <SanctionsType ID="2">Block</SanctionsType></SanctionsTypeValues>
</ReferenceValueSets>
<Locations><Location ID="70"><LocationAreaCode AreaCodeID="11073"/>
  <LocationCountry CountryID="11073"/><LocationPart LocPartTypeID="1454"><LocationPartValue
  Primary="true"><Value>Example Street 1</Value></LocationPartValue></LocationPart>
  <LocationPart LocPartTypeID="1456"><LocationPartValue><Value>Pyongyang</Value>
  </LocationPartValue></LocationPart></Location></Locations>
<IDRegDocuments>
 <IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="500" IssuedBy-CountryID="11073">
  <IDRegistrationNo>654321987</IDRegistrationNo></IDRegDocument>
 <IDRegDocument ID="2" IDRegDocTypeID="1608" IdentityID="501">
  <IDRegistrationNo>EXAMKPPY</IDRegistrationNo></IDRegDocument>
</IDRegDocuments>
<DistinctParties>
 <DistinctParty FixedRef="100"><Comment/><Profile ID="100" PartySubTypeID="4">
  <Identity ID="500" Primary="true">
   <Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName>
    <DocumentedNamePart><NamePartValue NamePartGroupID="61">Minny</NamePartValue>
    </DocumentedNamePart></DocumentedName></Alias>
   <Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName>
    <DocumentedNamePart><NamePartValue NamePartGroupID="61">Min-jun</NamePartValue>
    </DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="60">EXAMPLE
    </NamePartValue></DocumentedNamePart></DocumentedName>
    <DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="60">예제민준
    </NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <Alias AliasTypeID="1400" Primary="false" LowQuality="false"><DocumentedName>
    <DocumentedNamePart><NamePartValue NamePartGroupID="61">Minjun</NamePartValue>
    </DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="60">EKSAMPLE
    </NamePartValue></DocumentedNamePart></DocumentedName></Alias>
   <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="60" NamePartTypeID="1520"/>
    </MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="61" NamePartTypeID="1521"/>
    </MasterNamePartGroup></NamePartGroups></Identity>
  <Feature FeatureTypeID="8"><FeatureVersion><DatePeriod CalendarTypeID="1">
   <Start Approximate="false"><From><Year>1987</Year><Month>3</Month><Day>5</Day></From>
    <To><Year>1987</Year><Month>3</Month><Day>5</Day></To></Start>
   <End Approximate="false"><From><Year>1987</Year><Month>3</Month><Day>5</Day></From>
    <To><Year>1987</Year><Month>3</Month><Day>5</Day></To></End></DatePeriod></FeatureVersion>
  </Feature>
  <Feature FeatureTypeID="8"><FeatureVersion><DatePeriod CalendarTypeID="1">
   <Start Approximate="true"><From><Year>1985</Year></From></Start>
   <End Approximate="true"><To><Year>1985</Year></To></End></DatePeriod></FeatureVersion></Feature>
  <Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start><From><Year>1987</Year>
   <Month>2</Month><Day>31</Day></From></Start><End><To><Year>1987</Year><Month>2</Month>
   <Day>31</Day></To></End></DatePeriod></FeatureVersion></Feature>
  <Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="70"/></FeatureVersion>
  </Feature>
  <Feature FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="70"/></FeatureVersion>
  </Feature>
  <Feature FeatureTypeID="26"><FeatureVersion><VersionDetail>IT worker</VersionDetail>
   </FeatureVersion></Feature>
  <Feature FeatureTypeID="21"><FeatureVersion><VersionDetail>min@example.com</VersionDetail>
   </FeatureVersion></Feature>
  <Feature FeatureTypeID="344"><FeatureVersion>
   <VersionDetail>1ExampLe1ExampLe1ExampLe1ExampLe1</VersionDetail></FeatureVersion></Feature>
 </Profile></DistinctParty>
 <DistinctParty FixedRef="101"><Profile ID="101" PartySubTypeID="3"><Identity ID="501">
  <Alias Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart>
   <NamePartValue NamePartGroupID="62">EXAMPLE TRADING CORPORATION</NamePartValue>
  </DocumentedNamePart></DocumentedName></Alias><NamePartGroups><MasterNamePartGroup>
   <NamePartGroup ID="62" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups></Identity>
  <Feature FeatureTypeID="14"><FeatureVersion><VersionDetail>http://www.example-trading.com/a
   </VersionDetail></FeatureVersion></Feature></Profile></DistinctParty>
 <DistinctParty FixedRef="102"><Profile ID="102" PartySubTypeID="1"><Identity ID="502">
  <Alias Primary="true"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="63">
   EXAMPLE STAR</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity></Profile>
 </DistinctParty>{parties}{others}
</DistinctParties>
<SanctionsEntries><SanctionsEntry ID="9" ProfileID="100" ListID="1550">
 <EntryEvent><Date CalendarTypeID="1"><Year>2025</Year><Month>7</Month><Day>8</Day></Date>
 </EntryEvent><SanctionsMeasure SanctionsTypeID="2"/>
 <SanctionsMeasure SanctionsTypeID="1"><Comment>DPRK2</Comment></SanctionsMeasure>
</SanctionsEntry></SanctionsEntries>
</Sanctions>
"""


def eu_export(more: str = "") -> str:
    """The Financial Sanctions Database's export 1.1: a person, an enterprise, and any others."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="{_EU}" generationDate="2026-11-19T13:00:00.000+01:00" globalFileId="1">
 <sanctionEntity euReferenceNumber="EU.1.1" logicalId="1"><remark>Also travels on business.</remark>
  <regulation programme="PRK" publicationDate="2016-05-20" numberTitle="2016/780"><publicationUrl/>
  </regulation><subjectType code="person" classificationCode="P"/>
  <nameAlias wholeName="Jiho Beispiel" firstName="Jiho" lastName="Beispiel" function="Diplomat"
   strong="true"/>
  <nameAlias wholeName="Ji-ho Beispil" strong="true"/><nameAlias wholeName="Ho" strong="false"/>
  <citizenship countryIso2Code="KP"/>
  <birthdate circa="false" calendarType="GREGORIAN" birthdate="1969-04-28" year="1969"/>
  <birthdate circa="true" calendarType="GREGORIAN" year="1971"/>
  <birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1965" yearRangeTo="1967"/>
  <birthdate circa="false" calendarType="HIJRI" year="1389"/>
  <birthdate circa="false" calendarType="GREGORIAN" year="1969" monthOfYear="13"/>
  <identification identificationTypeCode="passport" identificationTypeDescription="Passport"
   number="836110034" countryIso2Code="KP"/>
  <address street="Musterweg 2" city="Bern" countryIso2Code="CH" countryDescription="SWITZERLAND">
   <contactInfo key="EMAIL" value="jiho@example.org"/>
   <contactInfo key="PHONE" value="+41 31 555 01 02"/></address>
 </sanctionEntity>
 <sanctionEntity euReferenceNumber="EU.1.2" logicalId="2">
  <subjectType code="enterprise" classificationCode="E"/>
  <nameAlias wholeName="Beispiel Handel GmbH" strong="true"/>
  <identification identificationTypeCode="regnumber" number="HRB 4711" countryIso2Code="00"/>
  <identification identificationTypeCode="swiftbic" number="EXAMDEFF"/>
 </sanctionEntity>{more}
</export>
"""


def un_list(people: int = 2) -> str:
    """The UN's consolidated list, of as many people as are asked for."""
    individuals = "".join(
        f"<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>PERSON</FIRST_NAME>"
        f"<SECOND_NAME>NUMBER {n}</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>KPi.{n:03}</REFERENCE_NUMBER><INDIVIDUAL_DATE_OF_BIRTH>"
        f"<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
        f"</INDIVIDUAL>"
        for n in range(people)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST '
        'dateGenerated="2026-11-18T00:00:00.000Z"><INDIVIDUALS>'
        f"{individuals}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
    )
