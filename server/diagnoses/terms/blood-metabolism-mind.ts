/** ICD-10 chapters III, IV and V: blood, endocrine and metabolic, mental and behavioural. */
export const bloodMetabolismMind = `
D50.9|缺铁性贫血|Iron deficiency anaemia, unspecified
D51.9|维生素B12缺乏性贫血|Vitamin B12 deficiency anaemia, unspecified
D56.9|地中海贫血|Thalassaemia, unspecified
D59.1|自身免疫性溶血性贫血|Other autoimmune haemolytic anaemias
D61.9|再生障碍性贫血|Aplastic anaemia, unspecified
D64.9|贫血|Anaemia, unspecified
D65|弥散性血管内凝血|Disseminated intravascular coagulation
D66|血友病A|Hereditary factor VIII deficiency
D69.0|过敏性紫癜|Allergic purpura
D69.3|特发性血小板减少性紫癜|Idiopathic thrombocytopenic purpura
D69.6|血小板减少|Thrombocytopenia, unspecified
D70|粒细胞缺乏|Agranulocytosis
D72.1|嗜酸性粒细胞增多|Eosinophilia
D73.2|充血性脾大|Chronic congestive splenomegaly
D86.0|肺结节病|Sarcoidosis of lung
E03.9|甲状腺功能减退症|Hypothyroidism, unspecified
E04.1|甲状腺结节|Nontoxic single thyroid nodule
E04.9|非毒性甲状腺肿|Nontoxic goitre, unspecified
E05.0|毒性弥漫性甲状腺肿|Thyrotoxicosis with diffuse goitre
E05.9|甲状腺功能亢进症|Thyrotoxicosis, unspecified
E06.1|亚急性甲状腺炎|Subacute thyroiditis
E06.3|自身免疫性甲状腺炎|Autoimmune thyroiditis
E10.1|1型糖尿病伴酮症酸中毒|Type 1 diabetes mellitus with ketoacidosis
E10.9|1型糖尿病|Type 1 diabetes mellitus without complications
E11.1|2型糖尿病伴酮症酸中毒|Type 2 diabetes mellitus with ketoacidosis
E11.2|2型糖尿病伴肾的并发症|Type 2 diabetes mellitus with renal complications
E11.3|2型糖尿病伴眼的并发症|Type 2 diabetes mellitus with ophthalmic complications
E11.4|2型糖尿病伴神经的并发症|Type 2 diabetes mellitus with neurological complications
E11.5|2型糖尿病伴周围循环并发症|Type 2 diabetes mellitus with peripheral circulatory complications
E11.9|2型糖尿病|Type 2 diabetes mellitus without complications
E14.9|糖尿病|Unspecified diabetes mellitus without complications
E16.2|低血糖|Hypoglycaemia, unspecified
E21.0|原发性甲状旁腺功能亢进|Primary hyperparathyroidism
E22.0|肢端肥大症|Acromegaly and pituitary gigantism
E23.2|尿崩症|Diabetes insipidus
E24.9|库欣综合征|Cushing syndrome, unspecified
E26.0|原发性醛固酮增多症|Primary hyperaldosteronism
E27.1|原发性肾上腺皮质功能减退症|Primary adrenocortical insufficiency
E46|营养不良|Unspecified protein-energy malnutrition
E55.9|维生素D缺乏|Vitamin D deficiency, unspecified
E66.9|肥胖|Obesity, unspecified
E78.0|高胆固醇血症|Pure hypercholesterolaemia
E78.5|高脂血症|Hyperlipidaemia, unspecified
E79.0|高尿酸血症|Hyperuricaemia without signs of inflammatory arthritis
E83.5|钙代谢紊乱|Disorders of calcium metabolism
E85.9|淀粉样变性|Amyloidosis, unspecified
E86|容量缺失（脱水）|Volume depletion
E87.1|低钠血症|Hypo-osmolality and hyponatraemia
E87.2|酸中毒|Acidosis
E87.5|高钾血症|Hyperkalaemia
E87.6|低钾血症|Hypokalaemia
F03|痴呆|Unspecified dementia
F05.9|谵妄|Delirium, unspecified
F10.2|酒精依赖综合征|Mental and behavioural disorders due to use of alcohol, dependence syndrome
F20.9|精神分裂症|Schizophrenia, unspecified
F31.9|双相情感障碍|Bipolar affective disorder, unspecified
F32.9|抑郁发作|Depressive episode, unspecified
F33.9|复发性抑郁障碍|Recurrent depressive disorder, unspecified
F41.1|广泛性焦虑障碍|Generalized anxiety disorder
F41.9|焦虑障碍|Anxiety disorder, unspecified
F42.9|强迫症|Obsessive-compulsive disorder, unspecified
F43.1|创伤后应激障碍|Post-traumatic stress disorder
F45.9|躯体形式障碍|Somatoform disorder, unspecified
F51.0|非器质性失眠症|Nonorganic insomnia
F84.0|儿童孤独症|Childhood autism
F90.0|注意缺陷与多动障碍|Disturbance of activity and attention
`;
