/** ICD-10 chapter X, diseases of the respiratory system. */
export const respiration = `
J00|急性鼻咽炎（普通感冒）|Acute nasopharyngitis (common cold)
J01.9|急性鼻窦炎|Acute sinusitis, unspecified
J02.9|急性咽炎|Acute pharyngitis, unspecified
J03.9|急性扁桃体炎|Acute tonsillitis, unspecified
J04.0|急性喉炎|Acute laryngitis
J05.1|急性会厌炎|Acute epiglottitis
J06.9|急性上呼吸道感染|Acute upper respiratory infection, unspecified
J09|被标明的人畜共患或大流行性流感病毒引起的流感|Influenza due to identified zoonotic or pandemic influenza virus
J10.0|流感伴肺炎，季节性流感病毒被标明|Influenza with pneumonia, seasonal influenza virus identified
J11.1|流感伴其他呼吸道表现，病毒未标明|Influenza with other respiratory manifestations, virus not identified
J12.9|病毒性肺炎|Viral pneumonia, unspecified
J13|肺炎链球菌性肺炎|Pneumonia due to Streptococcus pneumoniae
J15.0|肺炎克雷伯菌性肺炎|Pneumonia due to Klebsiella pneumoniae
J15.1|假单胞菌性肺炎|Pneumonia due to Pseudomonas
J15.2|葡萄球菌性肺炎|Pneumonia due to staphylococcus
J15.7|肺炎支原体性肺炎|Pneumonia due to Mycoplasma pneumoniae
J15.9|细菌性肺炎|Bacterial pneumonia, unspecified
J18.0|支气管肺炎|Bronchopneumonia, unspecified
J18.1|大叶性肺炎|Lobar pneumonia, unspecified
J18.9|肺炎|Pneumonia, unspecified
J20.9|急性支气管炎|Acute bronchitis, unspecified
J21.9|急性毛细支气管炎|Acute bronchiolitis, unspecified
J30.4|变应性鼻炎|Allergic rhinitis, unspecified
J32.9|慢性鼻窦炎|Chronic sinusitis, unspecified
J33.9|鼻息肉|Nasal polyp, unspecified
J35.0|慢性扁桃体炎|Chronic tonsillitis
J36|扁桃体周围脓肿|Peritonsillar abscess
J40|支气管炎|Bronchitis, not specified as acute or chronic
J42|慢性支气管炎|Unspecified chronic bronchitis
J43.9|肺气肿|Emphysema, unspecified
J44.0|慢性阻塞性肺病伴急性下呼吸道感染|Chronic obstructive pulmonary disease with acute lower respiratory infection
J44.1|慢性阻塞性肺病伴急性加重|Chronic obstructive pulmonary disease with acute exacerbation, unspecified
J44.9|慢性阻塞性肺病|Chronic obstructive pulmonary disease, unspecified
J45.9|支气管哮喘|Asthma, unspecified
J46|哮喘持续状态|Status asthmaticus
J47|支气管扩张症|Bronchiectasis
J60|煤炭工尘肺|Coalworker pneumoconiosis
J62.8|矽肺|Pneumoconiosis due to other dust containing silica
J64|尘肺|Unspecified pneumoconiosis
J67.9|过敏性肺炎|Hypersensitivity pneumonitis due to unspecified organic dust
J69.0|吸入性肺炎|Pneumonitis due to food and vomit
J70.1|放射性肺病|Chronic and other pulmonary manifestations due to radiation
J80|急性呼吸窘迫综合征|Adult respiratory distress syndrome
J81|肺水肿|Pulmonary oedema
J84.1|肺间质纤维化|Other interstitial pulmonary diseases with fibrosis
J84.9|间质性肺病|Interstitial pulmonary disease, unspecified
J85.1|肺脓肿伴肺炎|Abscess of lung with pneumonia
J85.2|肺脓肿|Abscess of lung without pneumonia
J86.9|脓胸|Pyothorax without fistula
J90|胸腔积液|Pleural effusion, not elsewhere classified
J92.9|胸膜斑|Pleural plaque without asbestos
J93.0|自发性张力性气胸|Spontaneous tension pneumothorax
J93.9|气胸|Pneumothorax, unspecified
J94.2|血胸|Haemothorax
J96.0|急性呼吸衰竭|Acute respiratory failure
J96.1|慢性呼吸衰竭|Chronic respiratory failure
J96.9|呼吸衰竭|Respiratory failure, unspecified
J98.1|肺不张|Pulmonary collapse
J98.4|肺部病变（肺占位、肺大疱）|Other disorders of lung
J98.5|纵隔疾病|Diseases of mediastinum, not elsewhere classified
`;
